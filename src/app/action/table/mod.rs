//! The one table of everything a user can do that needs no argument.
//!
//! Menus, buttons, tooltips, keys, the palette and the help are made from it. An entry stands in the
//! file of its category; one more entry there is one more item everywhere.

pub mod browser;
pub mod edit;
pub mod file;
pub mod help;
pub mod pictures;
pub mod play;
pub mod racer;
pub mod tabs;
pub mod view;

use egui::{Context, Key, KeyboardShortcut, Modifiers};

use crate::app::document::Document;
use crate::app::workspace::Workspace;
use crate::view::icon::Icon;

/// Something a user can do.
pub struct Entry {
    /// The name for programs, which never changes.
    pub id: &'static str,
    /// The text for menus, tooltips, the palette and the help.
    pub label: &'static str,
    /// The icon.
    pub icon: Icon,
    /// The category.
    pub category: Category,
    keys: Keys,
    /// The keys on a page, if they are others because the usual ones belong to the browser.
    page_keys: Option<Keys>,
    hindrance: Hindrance,
    is_on: Option<fn(&Workspace, &Document) -> bool>,
    /// What it does.
    pub(super) subject: Subject,
}

/// The keys of an entry, of which the first ones are shown.
type Keys = &'static [(Modifiers, Key)];

/// Returns why an entry cannot be done now; `None` if it can.
type Hindrance = fn(&Workspace, &Document) -> Option<&'static str>;

/// What an entry acts on, and what it does.
#[derive(Clone, Copy)]
pub(super) enum Subject {
    /// It acts on the whole window.
    App(fn(&mut Workspace)),
    /// It acts on one document.
    Document(fn(&mut Document)),
}

/// A group of entries, which is also a menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Opening, saving and handing on.
    File,
    /// Undo, and what is kept for comparison.
    Edit,
    /// The selected racer.
    Racer,
    /// The playhead.
    Play,
    /// What is shown, and how.
    View,
    /// Contours and landscape.
    Pictures,
    /// Tabs and comparison.
    Tabs,
    /// Lessons, games and help.
    Help,
}

impl Category {
    /// All categories, in the order of the menus.
    pub const ALL: [Self; 8] = [
        Self::File,
        Self::Edit,
        Self::Racer,
        Self::Play,
        Self::View,
        Self::Pictures,
        Self::Tabs,
        Self::Help,
    ];

    /// Returns the title of the menu.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Racer => "Selected racer",
            Self::Play => "Play",
            Self::View => "View",
            Self::Pictures => "2-D and 3-D",
            Self::Tabs => "Tabs",
            Self::Help => "Learn",
        }
    }

    /// Returns the entries, in the order of the menu.
    #[must_use]
    pub fn entries(self) -> &'static [&'static Entry] {
        match self {
            // A page is closed by the browser; quitting is the last entry.
            Self::File if ON_A_PAGE => file::ALL.split_last().map_or(&[], |(_, rest)| rest),
            Self::File => file::ALL,
            Self::Edit => edit::ALL,
            Self::Racer => racer::ALL,
            Self::Play => play::ALL,
            Self::View => view::ALL,
            Self::Pictures => pictures::ALL,
            Self::Tabs => tabs::ALL,
            Self::Help => help::ALL,
        }
    }
}

/// Returns all entries, in the order of the help.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    let categories = Category::ALL.into_iter();
    categories.flat_map(|category| category.entries().iter().copied())
}

/// Whether the window is a page in a browser.
const ON_A_PAGE: bool = cfg!(target_arch = "wasm32");

const NONE: Modifiers = Modifiers::NONE;
const ALT: Modifiers = Modifiers::ALT;
const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const ALT_SHIFT: Modifiers = Modifiers::ALT.plus(Modifiers::SHIFT);

/// Why a tab cannot be closed or left.
pub(super) const ONLY_ONE_TAB: &str = "There is only one tab";

impl Entry {
    const fn new(id: &'static str, label: &'static str, icon: Icon, subject: Subject) -> Self {
        Self {
            id,
            label,
            icon,
            category: Category::File,
            keys: &[],
            page_keys: None,
            hindrance: |_, _| None,
            is_on: None,
            subject,
        }
    }

    /// Creates an entry that acts on the whole window.
    const fn app(
        id: &'static str,
        label: &'static str,
        icon: Icon,
        act: fn(&mut Workspace),
    ) -> Self {
        Self::new(id, label, icon, Subject::App(act))
    }

    /// Creates an entry that acts on one document.
    const fn document(
        id: &'static str,
        label: &'static str,
        icon: Icon,
        act: fn(&mut Document),
    ) -> Self {
        Self::new(id, label, icon, Subject::Document(act))
    }

    const fn of(mut self, category: Category) -> Self {
        self.category = category;
        self
    }

    /// Sets the keys, of which the first ones are shown.
    const fn keys(mut self, keys: Keys) -> Self {
        self.keys = keys;
        self
    }

    /// Sets the keys on a page, where the usual ones belong to the browser.
    const fn on_a_page(mut self, keys: Keys) -> Self {
        self.page_keys = Some(keys);
        self
    }

    /// Returns the keys on a page or on the desktop.
    const fn keys_on(&self, page: bool) -> Keys {
        match self.page_keys {
            Some(keys) if page => keys,
            _ => self.keys,
        }
    }

    /// Sets why the entry cannot be done at times.
    const fn unless(mut self, hindrance: Hindrance) -> Self {
        self.hindrance = hindrance;
        self
    }

    /// Makes the entry a switch.
    const fn switch(mut self, is_on: fn(&Workspace, &Document) -> bool) -> Self {
        self.is_on = Some(is_on);
        self
    }

    /// Returns whether it acts on one document rather than on the whole window.
    #[must_use]
    pub const fn is_of_document(&self) -> bool {
        matches!(self.subject, Subject::Document(_))
    }

    /// Returns why it cannot be done now, in a document; `None` if it can.
    #[must_use]
    pub fn hindrance(&self, workspace: &Workspace, document: &Document) -> Option<&'static str> {
        (self.hindrance)(workspace, document)
    }

    /// Returns whether the switch is on; `None` if it is no switch.
    #[must_use]
    pub fn is_on(&self, workspace: &Workspace, document: &Document) -> Option<bool> {
        self.is_on.map(|is_on| is_on(workspace, document))
    }

    /// Returns the keyboard shortcuts. The first one is the one shown.
    pub fn shortcuts(&self) -> impl Iterator<Item = KeyboardShortcut> {
        let keys = self.keys_on(ON_A_PAGE).iter();
        keys.map(|&(modifiers, key)| KeyboardShortcut::new(modifiers, key))
    }

    /// Returns whether a press of a key means this entry. The modifiers are those of the event, not
    /// those of the frame, which may have changed since.
    #[must_use]
    pub fn is_pressed(&self, pressed: Modifiers, key: Key) -> bool {
        self.is_pressed_on(ON_A_PAGE, pressed, key)
    }

    fn is_pressed_on(&self, page: bool, pressed: Modifiers, key: Key) -> bool {
        self.keys_on(page).iter().any(|&(modifiers, wanted)| {
            // Where a sign needs Shift depends on the keyboard.
            let is_sign = matches!(wanted, Key::Questionmark | Key::Plus);
            wanted == key
                && if is_sign {
                    pressed.matches_logically(modifiers)
                } else {
                    pressed.matches_exact(modifiers)
                }
        })
    }

    /// Returns all shortcuts in words: "Ctrl+Z".
    #[must_use]
    pub fn keys_in_words(&self, ctx: &Context) -> Vec<String> {
        self.shortcuts().map(|keys| in_words(ctx, keys)).collect()
    }

    /// Returns the text of a tooltip: the label and the first shortcut.
    #[must_use]
    pub fn tooltip(&self, ctx: &Context) -> String {
        match self.shortcuts().next() {
            Some(keys) => format!("{} ({})", self.label, in_words(ctx, keys)),
            None => self.label.into(),
        }
    }
}

fn in_words(ctx: &Context, keys: KeyboardShortcut) -> String {
    let words = ctx.format_shortcut(&keys);
    let signs = [
        ("Questionmark", "?"),
        ("OpenBracket", "["),
        ("CloseBracket", "]"),
        ("Comma", ","),
        ("Period", "."),
        ("Equals", "="),
        ("Minus", "−"),
    ];
    let sign = signs.iter().find(|(name, _)| words.ends_with(name));
    match sign {
        // Beside another plus, it would not be read as a key.
        None if words == "Plus" => "+".into(),
        Some((name, sign)) => words.replacen(name, sign, 1),
        None => words,
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Entry({})", self.id)
    }
}

/// Defines the entries of a category, and the list of them.
macro_rules! entries {
    ($category:ident: $($(#[$doc:meta])* $name:ident = $entry:expr;)*) => {
        $($(#[$doc])* pub static $name: Entry = $entry.of(Category::$category);)*

        /// The entries of this category, in the order of the menu.
        pub static ALL: &[&Entry] = &[$(&$name),*];
    };
}
use entries;
