"""What charts of two companies share: their headline."""

from cxdata.charts.kit.declaration import Rows
from cxdata.text.formatting import format_points, join_list


def pair_headline(rows: Rows) -> str:
    """The difference, and the drivers that make it."""
    row = rows[0]
    if not (row["left_stories"] and row["right_stories"]):
        silent = row["left_company"] if not row["left_stories"] else row["right_company"]
        return f"No story tells of this job at {silent}, so there is nothing to compare"
    story = "" if row["left_stories"] == row["right_stories"] == 1 else " a story"
    difference = row["total_difference"]
    if row["left_total"] == row["right_total"] == 0:
        return f"Neither {row['left_company']} nor {row['right_company']} made work that the job did not need"
    if difference == 0:
        same = f"{format_points(row['left_total'])}{story} each"
        return f"{row['left_company']} and {row['right_company']} made the same work: {same}"
    more, less = ("left", "right") if difference > 0 else ("right", "left")
    lead = _leading(rows, more)
    return (
        f"{row[f'{more}_company']} made {format_points(abs(difference))} more work{story} than"
        f" {row[f'{less}_company']}, above all {join_list(lead, 3)}"
    )


def _leading(rows: Rows, more: str) -> list[str]:
    """The drivers that weigh most in the difference; ties stand together."""
    sign = 1 if more == "left" else -1
    widest = max(sign * row["difference"] for row in rows)
    return [row["driver_label"].lower() for row in rows if sign * row["difference"] == widest]
