//! A rule and its copy as text take the same steps.

use slalom::experiment::Plan;
use slalom::optimizer::OptimizerChoice;
use slalom::simulation::{simulate_racer, takes_the_same_steps};
use slalom::surface::SurfaceChoice;

use super::{Chance, forms, typed};

#[test]
fn a_copy_of_every_form_takes_its_steps() {
    const STEPS: usize = 15;
    let mut chance = Chance(27);
    let hills = (chance.surface(), [1.0, -0.7]);
    let booth = (SurfaceChoice::Booth.open(), [-0.5, 2.0]);
    let mut same_to_the_last_bit = 0;
    let all = typed(forms::plain(), true);
    for form in &all {
        let copy = OptimizerChoice::Rule(form.as_text().unwrap());
        assert_eq!(copy.fault(), None, "{form:?}");
        for (surface, start) in [&hills, &booth] {
            let path = |optimizer: &OptimizerChoice| {
                simulate_racer(surface, &Plan::new(optimizer.clone()), *start, STEPS, 0)
            };
            let (original, copied) = (path(form), path(&copy));
            let far = original.x.iter().chain(&original.y);
            // What is thrown far out differs by what rounding has become there.
            if far.clone().any(|it| it.abs() > 1e3) {
                assert_eq!(original.last_step(), copied.last_step(), "{form:?}");
                continue;
            }
            assert!(
                takes_the_same_steps(&original, &copied),
                "{form:?}\n{copy:?}\n{original:?}\n{copied:?}"
            );
            same_to_the_last_bit += usize::from(original.x == copied.x && original.y == copied.y);
        }
    }
    assert!(all.len() > 100, "{}", all.len());
    assert!(
        same_to_the_last_bit > 40,
        "{same_to_the_last_bit} of {}",
        2 * all.len()
    );
}
