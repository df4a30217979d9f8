"""Declarations: YAML with positions ▶ schema ▶ expressions ▶ references ▶ Regulation, or every fault with its place."""
