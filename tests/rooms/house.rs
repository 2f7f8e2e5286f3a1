//! All files of the program, and the resolution of imports among them.

use std::collections::{BTreeMap, BTreeSet};

use crate::imports::{Import, Source, read};

/// A module, as its path from the root: `["export", "svg"]`.
pub type Module = Vec<String>;

/// An import of one file by another.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The importing module.
    pub from: Module,
    /// The imported module: the file that defines the name, as far as the text shows.
    pub to: Module,
    /// The path as written.
    pub path: String,
    /// The line in the importing file.
    pub line: usize,
}

/// The files, by module.
pub struct House {
    name: String,
    files: BTreeMap<Module, String>,
    sources: BTreeMap<Module, Source>,
    /// Modules defined inside the file of another module, and that module.
    inner: BTreeMap<Module, Module>,
}

impl House {
    /// Creates the crate of this name from paths below `src/` and file contents. Files that are
    /// only used in tests are left out.
    pub fn new(name: &str, texts: &BTreeMap<String, String>) -> Self {
        let mut files: BTreeMap<Module, String> = BTreeMap::new();
        let mut sources: BTreeMap<Module, Source> = BTreeMap::new();
        for (path, text) in texts {
            let module = module_of(path);
            files.insert(module.clone(), path.clone());
            sources.insert(module, read(text));
        }
        let for_tests: BTreeSet<Module> = sources
            .iter()
            .flat_map(|(module, source)| source.test_modules.iter().map(|name| child(module, name)))
            .collect();
        let is_kept = |module: &Module| {
            !(1..=module.len()).any(|length| for_tests.contains(&module[..length]))
        };
        sources.retain(|module, _| is_kept(module));
        let inner = sources
            .iter()
            .flat_map(|(module, source)| {
                let inside = |inner: &Module| [module.as_slice(), inner].concat();
                source
                    .inner_modules
                    .iter()
                    .map(move |inner| (inside(inner), module.clone()))
            })
            .collect();
        Self {
            name: name.to_owned(),
            files,
            sources,
            inner,
        }
    }

    /// Returns the path of a module's file.
    pub fn file(&self, module: &[String]) -> String {
        let file = self.files.get(module);
        file.map_or_else(|| module.join("/"), |file| format!("src/{file}"))
    }

    /// Returns all modules that have a file.
    pub fn modules(&self) -> impl Iterator<Item = &Module> {
        self.sources.keys()
    }

    /// Returns the names imported by every file, with the importing module.
    pub fn imports(&self) -> impl Iterator<Item = (&Module, &Import)> {
        self.sources
            .iter()
            .flat_map(|(module, source)| source.imports.iter().map(move |import| (module, import)))
    }

    /// Returns all imports between different modules of the crate.
    pub fn edges(&self) -> Vec<Edge> {
        let edge = |(module, import): (&Module, &Import)| {
            let to = self.resolve(module, import)?;
            (to != *module).then(|| Edge {
                from: module.clone(),
                path: import.path.join("::"),
                line: import.line,
                to,
            })
        };
        self.imports().filter_map(edge).collect()
    }

    /// Returns the module whose file defines an imported name, or `None` if that is another crate.
    fn resolve(&self, module: &Module, import: &Import) -> Option<Module> {
        let at = [module.as_slice(), &import.within].concat();
        self.lookup(&at, &import.path, &mut Vec::new())
    }

    /// Follows a path from a module. `seen` are the imports on the way, which may be circular.
    fn lookup(
        &self,
        at: &Module,
        path: &[String],
        seen: &mut Vec<(Module, String)>,
    ) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        let above = || at.split_last().map(|(_, above)| above.to_vec());
        match first.as_str() {
            "crate" => self.descend(Vec::new(), rest, seen),
            name if name == self.name => self.descend(Vec::new(), rest, seen),
            "self" => self.descend(at.clone(), rest, seen),
            "super" if rest.first().is_some_and(|next| next == "super") => {
                self.lookup(&above()?, rest, seen)
            }
            "super" => self.descend(above()?, rest, seen),
            name if self.exists(&child(at, name)) => self.descend(at.clone(), path, seen),
            // A name imported by a `use`.
            name => self.fetched(at, name, rest, seen),
        }
    }

    /// Follows a path whose first word is a module, an item or a foreign name inside `at`.
    fn descend(
        &self,
        at: Module,
        path: &[String],
        seen: &mut Vec<(Module, String)>,
    ) -> Option<Module> {
        let Some((first, rest)) = path.split_first() else {
            return Some(self.home(at));
        };
        let below = child(&at, first);
        if self.exists(&below) {
            return self.descend(below, rest, seen);
        }
        let fetched = self.fetched(&at, first, rest, seen);
        Some(fetched.unwrap_or_else(|| self.home(at)))
    }

    /// Returns the origin of a name that a module imports: by `use`, by a glob `use`, or by a line
    /// in a registry.
    fn fetched(
        &self,
        at: &Module,
        name: &str,
        rest: &[String],
        seen: &mut Vec<(Module, String)>,
    ) -> Option<Module> {
        let key = (at.clone(), name.to_owned());
        if seen.contains(&key) {
            return None;
        }
        seen.push(key);
        let home = self.home(at.clone());
        let within = &at[home.len()..];
        let here = self.sources.get(&home)?.imports.iter();
        let here = here.filter(|import| import.within == within);
        let by_name = here
            .clone()
            .filter(|import| import.alias.as_deref() == Some(name));
        for import in by_name {
            let path = [import.path.as_slice(), rest].concat();
            if let Some(module) = self.lookup(at, &path, seen) {
                return Some(module);
            }
        }
        for all in here
            .clone()
            .filter(|import| import.alias.as_deref() == Some("*"))
        {
            let Some(source) = self.lookup(at, &all.path, seen) else {
                continue;
            };
            if let Some(module) = self.fetched(&source, name, rest, seen) {
                return Some(module);
            }
            if self.sources[&source]
                .names
                .iter()
                .any(|known| known == name)
            {
                return Some(source);
            }
        }
        let in_registry = here.filter(|import| {
            import.alias.is_none()
                && import.path.last().is_some_and(|last| last == name)
                && self.exists(&child(at, &import.path[0]))
        });
        for import in in_registry {
            if let Some(module) = self.lookup(at, &import.path, seen) {
                return Some(module);
            }
        }
        None
    }

    fn exists(&self, module: &Module) -> bool {
        self.sources.contains_key(module) || self.inner.contains_key(module)
    }

    /// Returns the module whose file contains a module.
    fn home(&self, module: Module) -> Module {
        self.inner.get(&module).cloned().unwrap_or(module)
    }
}

/// `export/svg/mod.rs` is `export::svg`, `main.rs` is `main`, and `lib.rs` is the root.
fn module_of(path: &str) -> Module {
    let stem = path.trim_end_matches(".rs");
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    if stem == "lib" {
        return Vec::new();
    }
    stem.split('/').map(str::to_owned).collect()
}

fn child(module: &[String], name: &str) -> Module {
    [module, &[name.to_owned()]].concat()
}
