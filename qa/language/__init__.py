"""The languages of the articles: word forms, sentences, dates, names, and the way between Vietnamese and English."""
