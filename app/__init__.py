"""Grid ledgers, duty rules and printed appraisals for communities, declared in YAML."""
