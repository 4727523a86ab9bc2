"""Reports written from the ledger: a closed grammar of sentences, how figures are said, the canonical form."""
