//! The whole window, with the race after the `#` of the address.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::address::{Follower, bare, race_in, show, without_race};
use super::browser::{self, callback, listen};
use crate::app::Page;

/// How often the address is looked at, in milliseconds.
const INTERVAL: i32 = 1000;

/// Opens the window, with the race of the address if it has one, and keeps both in step.
pub async fn open() -> Result<(), JsValue> {
    let page = Rc::new(Page::open(browser::canvas()?, None).await?);
    let location = browser::location()?;
    let (address, hash) = (location.href()?, location.hash()?);
    page.with_app(|app| {
        let workspace = app.workspace_mut();
        workspace.page = Some(bare(&address).to_owned());
        if let Some(race) = race_in(&hash) {
            show(workspace, race);
        }
    });
    page.context().request_repaint();
    let follower = Rc::new(RefCell::new(follower(&page, &hash)));
    let (theirs, same) = (Rc::clone(&page), Rc::clone(&follower));
    let follow = callback(move |_: JsValue| {
        // An address that cannot be changed is one that is not up to date, no more.
        let _ = follow(&theirs, &mut same.borrow_mut());
    });
    let window = browser::window()?;
    window.set_interval_with_callback_and_timeout_and_arguments_0(&follow, INTERVAL)?;
    listen(&window, "hashchange", move |_| {
        let hash = browser::location().and_then(|it| it.hash());
        let hash = hash.unwrap_or_default();
        if follower.borrow_mut().is_replaced(&hash)
            && let Some(race) = race_in(&hash)
        {
            page.with_app(|app| show(app.workspace_mut(), race));
            follower.replace(self::follower(&page, &hash));
            page.context().request_repaint();
        }
    })
}

/// Starts to follow the race that is shown.
fn follower(page: &Page, hash: &str) -> Follower {
    let preset = page.with_app(|app| app.workspace().active().preset());
    Follower::new(preset.unwrap_or_default(), hash)
}

/// Puts the race that is shown into the address, without another entry in the history.
fn follow(page: &Page, follower: &mut Follower) -> Result<(), JsValue> {
    let preset = page.with_app(|app| app.race_at_rest(page.context()));
    let Some(preset) = preset.flatten() else {
        return Ok(());
    };
    let here = browser::location()?.href()?;
    let before = without_race(&here);
    let Some(hash) = follower.follow(preset, before) else {
        return Ok(());
    };
    let sign = if hash.is_empty() { "" } else { "#" };
    let address = format!("{before}{sign}{hash}");
    let history = browser::window()?.history()?;
    history.replace_state_with_url(&JsValue::NULL, "", Some(&address))
}
