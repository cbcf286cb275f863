/**
 * What a network is made of: its {@link org.levin.model.LstmArchitecture}, its parameter tensors by
 * their PyTorch names, and their first values. Plain values; no arithmetic, no files.
 */
package org.levin.model;
