"""How to see the pages with many stories before there are any."""

import streamlit as st

from pages.method.sections import section_header

DEMO = """
<p>The demo shows every page over 2,000 synthetic stories: change over time, company pages, rankings and estimates. A
program made these stories and no customer did. They lie in a file of their own, apart from real stories.</p>
<pre>python -m cxdata serve --demo</pre>
<p>The first start makes the stories, once.</p>
"""


def show_demo() -> None:
    """Show what the demo has, and the command that opens it."""
    st.html(f'<div class="cx-method">{section_header("demo")}{DEMO}</div>')
