"""Actions performed: an editing function declares its action, which pages ask for and the audit log records."""

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from cxdata.access.audit_log import record
from cxdata.access.roles import Action
from cxdata.errors import Refused

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
NAMED = 5  # subjects that an event names


def performs(
    action: Action, *subjects: str, tell: Callable[[Any], str] | None = None
) -> Callable[[Callable[Parameters, Result]], Callable[Parameters, Result]]:
    """Declare that an editing function performs an action, and record each call.

    The function takes an `engine`, and in `by` the name to record. `subjects` are the parameters that say what it
    changes; `tell` describes its result. A dry run changes nothing and is not recorded.
    """

    def declare(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
        signature = inspect.signature(function)

        @wraps(function)
        def perform_recorded(*arguments: Parameters.args, **choices: Parameters.kwargs) -> Result:
            bound = signature.bind(*arguments, **choices)
            bound.apply_defaults()
            given = bound.arguments
            if given.get("dry_run"):
                return function(*arguments, **choices)
            subject = " → ".join(_name(given[each]) for each in subjects)
            with record(given["engine"], given["by"], action, subject) as entry:
                result = function(*arguments, **choices)
                entry.detail = tell(result) if tell else ""
                return result

        perform_recorded.action = action  # type: ignore[attr-defined]
        return perform_recorded

    return declare


def action_of(function: Callable[..., Any]) -> Action:
    """Return the action that a function declares. Raises Refused for one that declares none: nobody may do it."""
    action = getattr(function, "action", None)
    if not isinstance(action, Action):
        raise Refused(f"{getattr(function, '__name__', function)} declares no action")
    return action


def _name(subject: Any) -> str:
    """Write what is changed: the id of a story, or the first of several names."""
    if isinstance(subject, Sequence) and not isinstance(subject, str):
        more = f" and {len(subject) - NAMED:,} more" if len(subject) > NAMED else ""
        return ", ".join(map(str, subject[:NAMED])) + more
    return str(getattr(subject, "story", subject))
