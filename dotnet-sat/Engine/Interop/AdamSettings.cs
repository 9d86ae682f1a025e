namespace Sat.Engine.Interop;

/// <summary>Numbers of a step of Adam; decoupled: of AdamW, whose decay does not pass through the gradient.</summary>
internal readonly record struct AdamSettings(
    double LearningRate,
    double Beta1,
    double Beta2,
    double Eps,
    double WeightDecay,
    bool Decoupled
);
