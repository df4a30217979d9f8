"""What several pages share: words, questions back, notes of problems, paging."""
