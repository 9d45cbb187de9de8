"""Stories, their editions and paragraphs, private drafts and named versions."""
