"""Questions: one SQL file each, asked by name."""

from cxdata.questions.ask import Question, ask, ask_rows, find_question, list_questions

__all__ = ["Question", "ask", "ask_rows", "find_question", "list_questions"]
