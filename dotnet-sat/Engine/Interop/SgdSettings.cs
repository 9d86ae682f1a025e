namespace Sat.Engine.Interop;

/// <summary>Numbers of a step of SGD.</summary>
internal readonly record struct SgdSettings(double LearningRate, double Momentum, double Dampening, double WeightDecay, bool Nesterov);
