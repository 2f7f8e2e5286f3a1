//! A network in a preset file.

use slalom::network::Activation;
use slalom::network::Initial;
use slalom::surface::network::{Network, TestSize};

use super::{network, options};

#[test]
fn what_is_given_is_written_again_and_nothing_else() {
    for text in [
        "",
        r#"data:"iris",hidden:[8,8],test:0.3,evaluate:10"#,
        "moons:(rows:60,noise:0.2,seed:1),bias:false,test:20",
        r#"data:"a.csv",separator:";",decimal:",",header:true,features:["a","b"],target:"c",classes:["x","y"],hidden:[3],activation:Relu,loss:BinaryCrossEntropy,initial:File("w.csv"),standardize:true,center:true,standardize_target:true,split_seed:7,l2:0.01"#,
        "circles:(rows:4,noise:0.0,seed:0)",
        "spiral:(rows:4,noise:0.0,seed:0)",
        "xor:(rows:4,noise:0.0,seed:0)",
    ] {
        assert_eq!(
            options().to_string(&network(text)).unwrap(),
            format!("({text})")
        );
    }
    let usual = network("");
    assert_eq!(usual, Network::default());
    assert_eq!(
        (usual.activation, usual.initial),
        (Activation::Tanh, Initial::GlorotUniform)
    );
    assert!(usual.bias && usual.hidden.is_empty());
    assert_eq!(network("test: 20").test, TestSize::Rows(20));
    assert_eq!(network("test: 0.1").test, TestSize::Share(0.1));
}
