//! The window from the user's point of view: real pointer and key events, no screen.

mod accessibility;
mod actions;
mod cards;
mod chooser;
mod comparison;
mod data;
mod data_dialog;
mod figure;
mod files;
mod formula;
mod games;
mod groups;
mod history;
mod identifiers;
mod keys;
mod landscape;
mod lessons;
mod links;
mod monkey;
mod network;
mod outside;
mod palette;
mod phone;

mod playback;
mod racers;
mod recovery;
mod regions;
mod rules;
mod scene;
mod schedules;
mod seeds;
mod sensitivity;
mod sheets;
mod sliders;
mod split;
mod support;
mod tabs;
mod theory;
mod touch;
mod tour;
mod understanding;
#[path = "../common/wish.rs"]
mod wish;
