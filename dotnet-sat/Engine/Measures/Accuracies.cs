namespace Sat.Engine.Measures;

/// <summary>Accuracies in [0, 1]; not a number where there are no such labels.</summary>
/// <param name="Noisy">On what was trained on: images and labels with their noise.</param>
/// <param name="Clean">On images and labels as they were before it.</param>
public readonly record struct Accuracies(double Noisy, double Clean);
