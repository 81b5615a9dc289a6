"""Parts that charts share: theme, layers, axes, the declaration of a chart."""
