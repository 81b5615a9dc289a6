"""What little CSS the theme in .streamlit/config.toml cannot say: measure, headline block, cards, print.

Streamlit sets `color-scheme` on the app, so `light-dark(a, b)` follows the reader's choice without a rerun.

    .cx-kicker     small capitals above a headline        .cx-card              one story or company
    .cx-headline   the finding, in the serif              .cx-card.cx-fame      blue edge
    .cx-subtitle   the measure, n and period              .cx-card.cx-shame     vermillion edge
    .cx-source     the source line below a chart          .cx-fame-text, .cx-shame-text   AA text in both themes
    .cx-note       an aside or a limit                    .cx-figure            a large figure in a card
"""

import streamlit as st

FAME = "light-dark(#0072B2, #56B4E9)"
SHAME = "light-dark(#D55E00, #E8793A)"
# Vermillion is too light for small text on paper (3.7:1): its darker brother is 5.9:1.
FAME_TEXT = "light-dark(#00639C, #79BDEA)"
SHAME_TEXT = "light-dark(#A84600, #F2A070)"
MUTED = "light-dark(#5E5A52, #ABA69B)"
HAIRLINE = "light-dark(#DDD8CC, #3A3732)"
CARD = "light-dark(#FFFFFF, #1E1C19)"

CSS = f"""
.stApp {{
  --cx-fame: {FAME}; --cx-shame: {SHAME}; --cx-fame-text: {FAME_TEXT}; --cx-shame-text: {SHAME_TEXT};
  --cx-muted: {MUTED}; --cx-hairline: {HAIRLINE}; --cx-card: {CARD};
  --cx-link: {FAME_TEXT};
}}

[data-testid="stMainBlockContainer"] {{ max-width: 1200px; }}
/* Wide words and long codes must not push a phone sideways. */
[data-testid="stMainBlockContainer"] :is(h1, h2, h3, p, li, .cx-card) {{ overflow-wrap: break-word; }}
[data-testid="stMainBlockContainer"] :is(h1, h2, h3) {{ text-wrap: balance; letter-spacing: -0.005em; }}

.cx-kicker, .cx-headline, .cx-subtitle, .cx-source, .cx-note {{ margin: 0; }}
.cx-kicker {{ font-size: 0.8125rem; font-weight: 600; letter-spacing: 0.06em; text-transform: uppercase;
  color: var(--cx-muted); }}
.cx-headline {{ font-family: "CX Serif", serif; font-weight: 600; font-size: clamp(1.35rem, 1.1rem + 1.1vw, 1.85rem);
  line-height: 1.2; padding: 0.2rem 0 0.3rem; max-width: 46rem; text-wrap: balance; }}
.cx-subtitle {{ font-size: 1rem; line-height: 1.45; max-width: 46rem; color: var(--cx-muted); }}
.cx-source {{ font-size: 0.8125rem; line-height: 1.4; color: var(--cx-muted); }}
.cx-note {{ font-size: 0.9375rem; line-height: 1.5; max-width: 46rem; padding-left: 0.75rem;
  border-left: 2px solid var(--cx-hairline); color: var(--cx-muted); }}

.cx-title {{ font-family: "CX Serif", serif; font-weight: 600; font-size: clamp(1.7rem, 1.3rem + 1.6vw, 2.5rem) !important;
  line-height: 1.15; margin: 0; padding: 0; max-width: 50rem; }}
.cx-lead {{ font-size: 1.1rem; line-height: 1.5; max-width: 46rem; color: var(--cx-muted); margin: 0.4rem 0 0; }}

[data-testid="stHtml"] a {{ color: var(--cx-link); text-decoration-thickness: 1px; text-underline-offset: 0.15em; }}

.cx-halls {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1.25rem 2.5rem; }}
.cx-hall {{ border-top: 4px solid var(--cx-muted); padding-top: 0.6rem; }}
.cx-hall.cx-fame {{ border-top-color: var(--cx-fame); }}
.cx-hall.cx-shame {{ border-top-color: var(--cx-shame); }}
.cx-hall h2 {{ font-family: "CX Serif", serif; font-size: 1.4rem; padding: 0; margin: 0 0 0.3rem; }}
.cx-hall h2 span {{ font-family: "CX Sans", sans-serif; font-size: 0.9rem; margin-left: 0.3rem; }}
.cx-hall ul {{ list-style: none; margin: 0; padding: 0; }}
.cx-hall li {{ display: grid; grid-template-columns: 1fr auto; align-items: baseline; margin: 0; padding: 0.45rem 0;
  border-top: 1px solid var(--cx-hairline); }}
.cx-hall li:first-child {{ border-top: 0; }}
.cx-hall li a {{ font-size: 1.1rem; font-weight: 600; }}
.cx-hall small {{ grid-column: 1 / -1; font-size: 0.9rem; color: var(--cx-muted); }}
.cx-hall-figure {{ font-size: 1.25rem; font-variant-numeric: tabular-nums; }}

.cx-figures {{ margin-top: 0.35rem; font-size: 0.9375rem; }}
.cx-figures summary {{ cursor: pointer; color: var(--cx-muted); }}
.cx-foot {{ display: flex; flex-wrap: wrap; gap: 0 1.5rem; align-items: baseline; justify-content: space-between; }}
.cx-foot > .cx-figures[open] {{ flex: 1 1 100%; min-width: 0; }}
.cx-foot > .cx-use {{ margin-top: 0.35rem; font-size: 0.9375rem; }}
.cx-scroll {{ overflow-x: auto; margin-top: 0.5rem; }}
.cx-scroll table {{ border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }}
.cx-scroll :is(th, td) {{ text-align: left; vertical-align: top; padding: 0.25rem 0.9rem 0.25rem 0;
  border-bottom: 1px solid var(--cx-hairline); max-width: 24rem; }}
.cx-silent {{ color: var(--cx-muted); font-style: italic; }}

.cx-goodwill {{ list-style: none; margin: 0; padding: 0; max-width: 50rem; }}
.cx-goodwill li {{ margin: 0 0 0.5rem; padding-left: 0.75rem; line-height: 1.5; border-left: 3px solid var(--cx-muted); }}
.cx-goodwill .cx-won {{ border-left-color: var(--cx-fame); }}
.cx-goodwill .cx-lost {{ border-left-color: var(--cx-shame); }}

.cx-promises {{ list-style: none; margin: 0; padding: 0; max-width: 54rem; }}
.cx-promises li {{ display: grid; grid-template-columns: 6rem 1fr; gap: 0 1rem; margin: 0; padding: 0.8rem 0;
  border-top: 1px solid var(--cx-hairline); }}
.cx-promises li:first-child {{ border-top: 0; }}
.cx-promises p {{ margin: 0 0 0.25rem; line-height: 1.5; }}
.cx-claim {{ font-family: "CX Serif", serif; font-weight: 600; font-size: 1.1rem; }}
.cx-outcome {{ font-weight: 600; line-height: 1.5; }}
@media (max-width: 40rem) {{ .cx-promises li {{ grid-template-columns: 1fr; }} }}

.stApp .cx-evidence {{ margin: 0.2rem 0 0.5rem; padding-left: 1.1rem; }}
.stApp .cx-evidence li {{ font-size: 0.9375rem; line-height: 1.45; margin: 0 0 0.2rem; }}
.cx-found {{ font-weight: 600; margin: 0.5rem 0 0; }}
.stApp .cx-stories {{ list-style: none; margin: 0; padding: 0; max-width: 50rem; }}
.stApp .cx-stories > li {{ margin: 0; padding: 1.2rem 0 1rem; border-bottom: 1px solid var(--cx-hairline); }}
.stApp .cx-stories h2 {{ font-family: "CX Serif", serif; font-size: 1.35rem; margin: 0; line-height: 1.25; padding: 0.15rem 0 0.3rem; }}
.stApp .cx-stories p {{ margin: 0 0 0.35rem; line-height: 1.5; }}
.cx-way, .cx-paging {{ display: flex; flex-wrap: wrap; gap: 0.4rem 1.5rem; margin: 0 0 1rem; font-size: 0.9375rem; }}

.cx-cards {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); gap: 1rem; margin: 0.75rem 0 0.5rem; }}
.cx-sides {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 1rem 4rem; margin: 0.5rem 0; }}
.cx-cards .cx-figure {{ font-size: 1.5rem; margin: 0 0 0.2rem; }}
.stApp .cx-steps {{ list-style: none; margin: 0; padding: 0; }}
.stApp .cx-steps > li {{ margin: 0; padding: 0.1rem 0 1.4rem 1rem; border-left: 3px solid var(--cx-hairline); scroll-margin-top: 4.5rem; }}
.stApp .cx-steps > li.cx-won {{ border-left-color: var(--cx-fame); }}
.stApp .cx-steps > li.cx-lost {{ border-left-color: var(--cx-shame); }}
.stApp .cx-steps > li.cx-here {{ background: var(--cx-card); outline: 2px solid var(--cx-muted); padding: 0.75rem 1rem;
  margin-bottom: 1rem; }}
.cx-steps {{ padding-top: 0.75rem; }}
.stApp .cx-steps h3 {{ margin: 0; font-size: 1.15rem; padding: 0.1rem 0 0.25rem; }}
.stApp .cx-steps p {{ margin: 0 0 0.35rem; line-height: 1.5; }}
.stApp :is(.cx-efforts, .cx-signs, .cx-promises, .cx-steps, .cx-stories) {{ list-style: none; padding-left: 0; }}
.stApp :is(.cx-efforts, .cx-signs) {{ list-style: none; margin: 0 0 0.4rem; padding: 0; }}
.stApp .cx-efforts li {{ margin: 0 0 0.35rem; padding-left: 0.75rem; border-left: 1px solid var(--cx-muted); line-height: 1.45; }}
.stApp .cx-signs li {{ margin: 0; padding: 0.6rem 0; border-top: 1px solid var(--cx-hairline); }}
.stApp .cx-signs li:first-child {{ border-top: 0; }}
.stApp .cx-signs p {{ margin: 0 0 0.2rem; line-height: 1.45; }}
.cx-notes p {{ max-width: 46rem; margin: 0 0 0.5rem; line-height: 1.5; }}

.cx-lessons {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr)); gap: 0.5rem 3rem;
  margin: 0.5rem 0 2rem; }}
.cx-lesson {{ border-top: 1px solid var(--cx-hairline); padding: 1rem 0 1.1rem; }}
.cx-lesson h3 {{ font-size: 1.2rem; margin: 0; padding: 0 0 0.3rem; }}
.cx-lesson p {{ margin: 0 0 0.5rem; line-height: 1.5; }}
.stApp .cx-shows {{ list-style: none; margin: 0 0 0.6rem; padding: 0; }}
.stApp .cx-shows li {{ display: grid; grid-template-columns: 5rem 1fr; margin: 0 0 0.3rem; line-height: 1.45;
  font-size: 0.9375rem; }}
.cx-grid table {{ font-size: 0.9375rem; margin-bottom: 0.75rem; }}
.cx-grid :is(th, td) {{ padding: 0.55rem 1.1rem 0.55rem 0; min-width: 6.2rem; }}
.cx-grid thead th {{ vertical-align: bottom; font-weight: 600; line-height: 1.25; }}
.cx-grid tbody th {{ font-weight: 600; min-width: 9rem; }}
.cx-grid small {{ display: block; font-size: 0.8125rem; font-weight: 400; color: var(--cx-muted); }}
.cx-grid td {{ white-space: nowrap; }}
.cx-grid tr > :first-child {{ position: sticky; left: 0; background: light-dark(#FBFAF7, #161512); }}
.cx-column {{ flex-direction: column; gap: 0.25rem; margin: 0.5rem 0 0; }}
section > h2.cx-headline[id] {{ margin-top: 1.5rem; }}
.cx-grid td::before {{ content: ""; display: inline-block; box-sizing: border-box; width: 0.7rem; height: 0.7rem;
  border-radius: 50%; margin-right: 0.4rem; border: 2px solid var(--cx-muted); }}
.cx-grid .cx-shown::before {{ background: var(--cx-fame); border-color: var(--cx-fame); }}
.cx-grid .cx-not-shown::before {{ border-color: var(--cx-shame); }}
.cx-grid .cx-partly::before {{ background: linear-gradient(90deg, var(--cx-muted) 50%, transparent 50%); }}
.cx-grid .cx-untold::before {{ height: 0; border-width: 1px 0 0; border-radius: 0; vertical-align: middle; }}
.cx-grid .cx-shown a {{ color: var(--cx-fame-text); }}
.cx-grid .cx-not-shown a {{ color: var(--cx-shame-text); }}
.cx-grid .cx-untold {{ color: var(--cx-muted); }}
[data-testid="stHtml"] h2[id] {{ scroll-margin-top: 4.5rem; }}

.stApp .cx-gallery {{ list-style: none; margin: 1rem 0 2rem; padding: 0; display: grid; gap: 2rem 2.5rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr)); }}
.stApp .cx-gallery li {{ margin: 0; padding: 0; }}
.cx-gallery a {{ display: block; }}
.cx-gallery img {{ display: block; width: 100%; height: auto; box-sizing: border-box; margin-bottom: 0.5rem;
  border: 1px solid var(--cx-hairline); border-radius: 4px; background: var(--cx-card); }}
.cx-gallery b {{ font-family: "CX Serif", serif; font-weight: 600; font-size: 1.15rem; }}
.cx-gallery p {{ margin: 0.1rem 0 0; font-size: 0.9375rem; line-height: 1.45; color: var(--cx-muted); }}
[class*="st-key-studio-preview"] {{ border: 1px solid var(--cx-hairline); border-radius: 4px; overflow: hidden; }}
[class*="st-key-studio-preview-on"] {{ background: repeating-conic-gradient(#FBFAF7 0 25%, #F1EFE9 0 50%) 0/24px 24px; }}
.st-key-studio-preview-on-dark {{ background-image: repeating-conic-gradient(#161512 0 25%, #1F1D1A 0 50%); }}
[class*="st-key-studio-preview"] img {{ width: 100% !important; border-radius: 0; }}
[data-testid="stMainBlockContainer"]:has(:is(.st-key-studio, .cx-gallery)) {{
  max-width: 1400px; padding-inline: clamp(1rem, 3vw, 3rem); }}
.st-key-studio-remarks ul {{ list-style: none; margin: 0; padding: 0; }}
.st-key-studio-remarks li {{ margin: 0 0 0.5rem; padding: 0 0 0 1.7rem; text-indent: -1.7rem; line-height: 1.45; }}
.cx-small {{ font-size: 1.05rem !important; padding: 0 !important; margin: 0.5rem 0 0; }}
.cx-studio-way {{ margin: 0; }}
@media (min-width: 48rem) {{ .st-key-studio > * > * > [data-testid="stColumn"]:last-child > div {{
  position: sticky; top: 4rem; flex: none; height: auto; }} }}
@media (max-width: 40rem) {{ .st-key-studio > * > [data-testid="stHorizontalBlock"] {{ flex-direction: column-reverse; }}
  .st-key-studio > * > * > [data-testid="stColumn"] {{ width: 100%; flex: none; }} }}

.cx-method {{ max-width: 46rem; }}
.cx-method p, .cx-method li {{ line-height: 1.55; margin: 0 0 0.6rem; }}
.cx-method h3 {{ font-size: 1.2rem; margin: 1.4rem 0 0; padding: 0 0 0.3rem; }}
.cx-method h2, .cx-codes h2 {{ margin-top: 2rem; }}
.cx-method details {{ margin: 0 0 0.8rem; }}
.cx-formula {{ background: var(--cx-card); border: 1px solid var(--cx-hairline); border-radius: 4px;
  padding: 0.7rem 1rem; font-size: 1.0625rem; font-variant-numeric: tabular-nums; }}
.cx-method pre {{ overflow-x: auto; font-size: 0.8125rem; line-height: 1.45; background: var(--cx-card);
  border: 1px solid var(--cx-hairline); border-radius: 4px; padding: 0.75rem 1rem; margin: 0.4rem 0 0; }}
.cx-codes details {{ border-top: 1px solid var(--cx-hairline); padding: 0.6rem 0; }}
.cx-codes summary {{ cursor: pointer; font-weight: 600; }}
.cx-codes summary small {{ font-size: 0.9rem; font-weight: 400; color: var(--cx-muted); }}
.cx-codes .cx-long {{ min-width: 17rem; }}
.cx-codes code {{ white-space: nowrap; }}

.cx-card {{ background: var(--cx-card); border: 1px solid var(--cx-hairline); border-top: 3px solid var(--cx-muted);
  border-radius: 4px; padding: 0.9rem 1rem 1rem; height: 100%; box-sizing: border-box; }}
.cx-card.cx-fame {{ border-top-color: var(--cx-fame); }}
.cx-card.cx-shame {{ border-top-color: var(--cx-shame); }}
.cx-card h2, .cx-card h3, .cx-card h4 {{ padding: 0; margin: 0 0 0.25rem; font-size: 1.15rem; }}
.cx-card p {{ margin: 0 0 0.4rem; }}
.cx-card p:last-child {{ margin-bottom: 0; }}
.cx-figure {{ font-size: 1.9rem; font-weight: 600; line-height: 1.1; font-variant-numeric: tabular-nums; }}
.cx-fame-text {{ color: var(--cx-fame-text); font-weight: 600; }}
.cx-shame-text {{ color: var(--cx-shame-text); font-weight: 600; }}

.stApp :is(a, button, summary, [role="tab"], [role="option"], [tabindex="0"]):focus-visible {{
  outline: 2px solid var(--cx-fame-text); outline-offset: 2px; }}

@media (prefers-reduced-motion: reduce) {{
  .stApp *, .stApp *::before, .stApp *::after {{ animation-duration: 0.01ms !important;
    transition-duration: 0.01ms !important; }}
}}

@media print {{
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"] {{ display: none !important; }}
  .stApp {{ background: #fff; }}
  .cx-card, [data-testid="stVegaLiteChart"] {{ break-inside: avoid; }}
}}
"""


def apply_style() -> None:
    """Put the style into the page; once a run, in the frame."""
    # A single <style> goes to Streamlit's event container and takes no room on the page.
    st.html(f"<style>{CSS}</style>")
