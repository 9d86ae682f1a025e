using TorchSharp.Modules;

namespace Sat.Sdk;

/// <summary>Parameters of a method that are trained by an optimizer of their own.</summary>
/// <param name="Name">Lower-case letters, digits and hyphens, unique within the method: <see cref="IStepper.Step(string)"/> and checkpoints
/// use it.</param>
/// <param name="Parameters">Parameters of <see cref="Method.Network"/>, at least one that requires a gradient; those that require none are
/// left out.</param>
/// <param name="Factor">What the study's learning rate is multiplied by, above 0; the schedule multiplies it further.</param>
public sealed record ParameterGroup(string Name, IEnumerable<Parameter> Parameters, double Factor = 1);
