"""The flat table: columns, rules, template."""
