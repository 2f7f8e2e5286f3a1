//! Networks: the loss and its derivatives, what happens at the edges, and predictions.

mod derivatives;
mod edges;
mod plain;
mod predictions;
