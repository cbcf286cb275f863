/**
 * What every engine is held to: {@link org.levin.engine.contract.EngineContract}, a suite to
 * extend, and {@link org.levin.engine.contract.NaiveLstm}, the reference. Published as the test-jar
 * of the API, so that engines of third parties can run it.
 */
package org.levin.engine.contract;
