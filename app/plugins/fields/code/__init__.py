"""A barcode or QR code."""
