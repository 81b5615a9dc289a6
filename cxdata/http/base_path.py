"""The base path: the part of an address before the dashboard's own, as Streamlit's server.baseUrlPath names it."""

from starlette.requests import Request

from cxdata.settings import get_settings


def normalise_base(base: str | None) -> str:
    """Return a base path with a slash before it and none behind; '' for none."""
    return f"/{(base or '').strip('/')}".rstrip("/")


def public_base(request: Request, base: str = "") -> str:
    """Return the address of the dashboard without a slash at the end: the setting, else as this request has it."""
    own = get_settings().public_address or f"{request.url.scheme}://{request.url.netloc}{normalise_base(base)}"
    return own.rstrip("/")
