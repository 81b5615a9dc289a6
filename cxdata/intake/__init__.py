"""Intake: bring stories in as a batch, and take a batch out whole."""

from cxdata.intake.batches import Outcome, batches, bring_in, take_out

__all__ = ["Outcome", "batches", "bring_in", "take_out"]
