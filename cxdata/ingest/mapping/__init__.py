"""Mappings of other people's tables: model, catalogue, mapping by hand."""
