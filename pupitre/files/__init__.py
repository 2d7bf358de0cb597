"""Files: stored documents, whoever refers to them: upload, quota, scan, preview."""
