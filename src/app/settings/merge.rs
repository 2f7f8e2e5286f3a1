//! Settings that two programs have changed at the same time.

use super::Settings;

impl Settings {
    /// Returns the settings of a file with the changes that this program has made since it knew
    /// them as `base`: what it has not changed stays as in the file, where another program may have
    /// written. What was used last in either program is kept.
    #[must_use]
    pub fn merged(&self, base: &Self, in_file: Self) -> Self {
        macro_rules! changed {
            ($($field:ident),+ ; $($list:ident),+) => {
                Self {
                    $($field: if self.$field == base.$field {
                        in_file.$field
                    } else {
                        self.$field.clone()
                    },)+
                    $($list: if self.$list == base.$list {
                        in_file.$list
                    } else {
                        newest(&self.$list, in_file.$list)
                    },)+
                    library: self.library.merged(&base.library, in_file.library),
                    lessons_done: &self.lessons_done | &in_file.lessons_done,
                }
            };
        }
        changed!(
            theme, scale, surface_colours, digits, reduced_motion, left_panel,
            racers_beside_both, right_panel, looping, speed, presenter, keep_rate, hint_seen, favourites ;
            recent_entries, recent_files
        )
    }
}

/// Returns what was used here, and then what was used elsewhere.
fn newest<T: Clone + PartialEq>(here: &[T], elsewhere: Vec<T>) -> Vec<T> {
    let mut all = here.to_vec();
    all.extend(elsewhere.into_iter().filter(|item| !here.contains(item)));
    all.truncate(Settings::RECENT);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_programs_keep_the_changes_of_each_other() {
        let base = Settings::default();
        let mut here = base.clone();
        here.digits = 5;
        here.recent_files = vec!["/a".into(), "/b".into()];
        here.lessons_done.insert("one".to_owned());
        let mut there = base.clone();
        there.looping = false;
        there.recent_files = vec!["/c".into(), "/b".into()];
        there.lessons_done.insert("two".to_owned());
        let both = here.merged(&base, there);
        assert_eq!((both.digits, both.looping), (5, false));
        let files: Vec<_> = both.recent_files.iter().map(|it| it.to_str()).collect();
        assert_eq!(files, [Some("/a"), Some("/b"), Some("/c")]);
        assert_eq!(both.lessons_done.len(), 2);
    }

    #[test]
    fn what_both_have_changed_is_as_the_last_writer_wants_it() {
        let base = Settings::default();
        let mut here = base.clone();
        here.speed = 2.0;
        let mut there = base.clone();
        there.speed = 5.0;
        assert_eq!(here.merged(&base, there.clone()).speed, 2.0);
        assert_eq!(base.merged(&base, there).speed, 5.0);
    }
}
