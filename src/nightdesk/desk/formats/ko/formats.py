"""2023년 12월 18일, and the 24-hour clock with its zone."""

DATE_FORMAT = "Y년 n월 j일"
TIME_FORMAT = "H:i T"
DATETIME_FORMAT = "Y년 n월 j일 H:i T"
YEAR_MONTH_FORMAT = "Y년 n월"
MONTH_DAY_FORMAT = "n월 j일"
SHORT_DATE_FORMAT = "Y. n. j."
SHORT_DATETIME_FORMAT = "Y. n. j. H:i T"
