"""What is printed: appraisals, reports of places, cards, certificates, one by one and in batches."""
