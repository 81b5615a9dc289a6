"""The content security policies."""

from cxdata.http.security_headers import dashboard_csp, hash_inline_scripts, page_csp

INDEX = "<script>boot()</script><script src='app.js'></script>"


def test_dashboard_policy_allows_only_its_own_inline_scripts() -> None:
    (digest,) = hash_inline_scripts(INDEX)
    scripts = dashboard_csp(INDEX).split("script-src ")[1].split(";")[0]
    assert scripts == f"'self' {digest}"


def test_policy_of_a_page_without_scripts_allows_none() -> None:
    assert "script-src 'none'" in page_csp("<p>Words</p>")
    assert "script-src 'none'" not in page_csp(INDEX)
