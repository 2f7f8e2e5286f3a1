//! What a racer takes over from the race that it joins.

use crate::experiment::{Experiment, Group, Racer};
use crate::optimizer::{AdamW, OptimizerChoice};
use crate::surface::SurfaceChoice;

/// Lets a new racer in a race of networks draw as many rows as the others. A rule that moves
/// matrices leaves the last layer to `AdamW`, as its author does (Jordan 2024).
pub fn suit_network(racer: &mut Racer, experiment: &Experiment) {
    let SurfaceChoice::Network(network) = &experiment.surface else {
        return;
    };
    let plan = &mut racer.plan;
    if let Some(other) = experiment.racers.last()
        && plan.batch.is_full()
    {
        plan.batch = other.plan.batch.clone();
    }
    if plan.optimizer.needs().matrices && plan.groups.is_empty() && !network.hidden.is_empty() {
        plan.groups.push(Group {
            block: "last_layer".to_owned(),
            optimizer: OptimizerChoice::AdamW(AdamW::default()),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Batch;
    use crate::preset;

    fn race(hidden: &str) -> Experiment {
        let text = format!(
            "(version: 1, steps: 20, surface: Network(moons: (rows: 40), hidden: {hidden}), \
             racers: [(optimizer: Adam(), batch: MiniBatch(8))])"
        );
        preset::from_text("test", &text).unwrap().experiment
    }

    fn joined(name: &str, experiment: &Experiment) -> Racer {
        let mut all = OptimizerChoice::all().iter();
        let optimizer = all.find(|it| it.rule().about().name == name).unwrap();
        let mut racer = Racer::new(optimizer.clone());
        suit_network(&mut racer, experiment);
        racer
    }

    #[test]
    fn muon_leaves_the_last_of_several_layers_to_adamw() {
        let deep = race("[6]");
        let muon = joined("Muon", &deep);
        assert_eq!(muon.plan.groups[0].block, "last_layer");
        assert_eq!(muon.plan.batch, Batch::MiniBatch(8));
        let mut grown = deep;
        grown.racers.push(muon);
        assert_eq!(grown.check(), Ok(()));
        assert!(joined("Muon", &race("[]")).plan.groups.is_empty());
        assert!(joined("Momentum", &grown).plan.groups.is_empty());
    }

    #[test]
    fn a_racer_on_a_surface_of_two_parameters_stays_as_it_is() {
        let beale = Experiment::default();
        assert_eq!(joined("Adam", &beale).plan.batch, Batch::Full);
    }
}
