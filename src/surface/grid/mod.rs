//! A landscape that was measured elsewhere: losses at the nodes of a grid.

mod bicubic;
mod lattice;
mod read;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use super::grid_error::GridError;
pub use super::measured::{Layout, Measured, Nodes};
pub use bicubic::GridLoss;
pub use read::is_landscape;

use super::data::{DataError, Loaded, Model, open_table};
use super::{About, Surface};
use crate::file::DataFile;
use crate::plane::Window;
use crate::table::{DecimalMark, Separator, Table, Wanted};

/// Losses at the nodes of a regular grid, as scripts write them that measure the loss of a network
/// on a plane, and between them a bicubic interpolation ([`GridLoss`]).
///
/// The file is a matrix, with y increasing from row to row and x from column to column, as
/// `numpy.meshgrid` lays it out; or a matrix with the values of x above and those of y on the left, as
/// pandas writes a pivot table; or a list with the columns x, y and loss, in any order of the rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Grid {
    /// A table (CSV and similar, or NPY) relative to the preset.
    pub data: DataFile,
    /// The separator between cells; detected if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub separator: Option<Separator>,
    /// The decimal mark; detected if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal: Option<DecimalMark>,
    /// Whether the first record names the columns; detected if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<bool>,
    /// Where the outermost nodes of a matrix lie; from −1 to 1 on both axes if not given. A file with
    /// coordinates says so itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<Window>,
    #[serde(skip)]
    loaded: Loaded<GridLoss>,
}

impl Grid {
    /// Returns the grid in a file, to be read as it is.
    #[must_use]
    pub fn of(data: DataFile) -> Self {
        Self {
            data,
            ..Self::default()
        }
    }
}

impl Model for Grid {
    const ABOUT: About = bicubic::ABOUT;

    type Loss = GridLoss;

    fn data_mut(&mut self) -> Option<&mut DataFile> {
        Some(&mut self.data)
    }

    fn loaded(&self) -> &Loaded<GridLoss> {
        &self.loaded
    }

    fn loaded_mut(&mut self) -> &mut Loaded<GridLoss> {
        &mut self.loaded
    }

    fn over_nothing(&self) -> Arc<dyn Surface> {
        Arc::new(GridLoss::undefined())
    }

    fn read(&self) -> Result<GridLoss, DataError> {
        let wanted = Wanted {
            separator: self.separator,
            decimal: self.decimal,
            header: self.header,
            columns: Vec::new(),
        };
        let table = open_table(&self.data, &wanted)?;
        landscape(&table, self.window)
    }
}

/// Returns the landscape in a table, a matrix of which lies in the window.
///
/// # Errors
/// What is wrong with the losses, or with the window.
pub fn landscape(table: &Table, window: Option<Window>) -> Result<GridLoss, DataError> {
    let (nodes, layout) = read::nodes(table, window)?;
    Ok(GridLoss::new(Measured {
        nodes,
        layout,
        reading: table.reading().clone(),
    }))
}
