//! Dates as text, in UTC: the standard library has no calendar.

use std::time::{SystemTime, UNIX_EPOCH};

/// A date with the time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    year: u64,
    month: u64,
    day: u64,
    /// The seconds since midnight.
    seconds: u64,
}

impl Date {
    /// Returns the date of a time after 1970.
    pub fn of(time: SystemTime) -> Self {
        let since = time
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs();
        let (mut day, seconds) = (since / 86_400, since % 86_400);
        let mut year = 1970;
        while day >= days_of(year) {
            day -= days_of(year);
            year += 1;
        }
        let mut month = 1;
        for length in months_of(year) {
            if day < length {
                break;
            }
            day -= length;
            month += 1;
        }
        Self {
            year,
            month,
            day: day + 1,
            seconds,
        }
    }

    /// Returns "2026-11-30T21:05:09Z".
    pub fn text(self) -> String {
        self.with(["-", "T", ":", "Z"])
    }

    /// Returns "20261130-210509", for the name of a file.
    pub fn name(self) -> String {
        self.with(["", "-", "", ""])
    }

    fn with(self, [dash, middle, colon, end]: [&str; 4]) -> String {
        let Self {
            year,
            month,
            day,
            seconds,
        } = self;
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        format!(
            "{year:04}{dash}{month:02}{dash}{day:02}{middle}{hour:02}{colon}{minute:02}{colon}\
             {second:02}{end}"
        )
    }
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of(year: u64) -> u64 {
    365 + u64::from(is_leap(year))
}

fn months_of(year: u64) -> [u64; 12] {
    let february = 28 + u64::from(is_leap(year));
    [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        // As `date --utc --date @…` has them.
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_164_800, "2024-02-29T00:00:00Z"),
            (1_796_072_709, "2026-11-30T21:05:09Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            let date = Date::of(UNIX_EPOCH + Duration::from_secs(seconds));
            assert_eq!(date.text(), text);
        }
        let date = Date::of(UNIX_EPOCH + Duration::from_secs(1_796_072_709));
        assert_eq!(date.name(), "20261130-210509");
    }
}
