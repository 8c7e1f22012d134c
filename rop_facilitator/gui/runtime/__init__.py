"""What the running window needs: jobs, crash reports, garbage, translations of Qt."""
