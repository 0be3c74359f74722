using StyleLab.Runs;
using StyleLab.Tensors.Engines;

namespace StyleLab.Benchmarks;

/// <summary>What is measured: the default objective on square noise pictures, whose contents do not change the work.</summary>
internal static class Workload
{
    public static (Evaluation Evaluation, float[] Picture) StyleTransfer(int size)
    {
        var objective = Experiments.StyleTransferObjective(Noise(size, 1), [Noise(size, 2)]);
        return (new Evaluation(LossNetwork.Load("vgg19-slim"), objective, new(size, size), 0, 1, Engine.Default), Noise(size, 3).Values);
    }

    private static Picture Noise(int size, long seed) => Picture.Noise(size, size, seed, (0.5f, 0.5f, 0.5f), 0.2);
}
