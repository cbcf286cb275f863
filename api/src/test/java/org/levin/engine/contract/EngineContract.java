package org.levin.engine.contract;

/**
 * What every engine must do. The tests of an engine implement this interface, and open the engine;
 * each theme may be run by itself too.
 */
public interface EngineContract
    extends ForwardContract,
        GradientContract,
        TrainingContract,
        ReproducibilityContract,
        ArgumentContract,
        LifeCycleContract,
        GoldenContract {}
