namespace Sat.Engine.Training;

/// <summary>The loss became infinite or not a number.</summary>
public sealed class DivergedException(int epoch)
    : Exception($"the loss became infinite or not a number in epoch {epoch}. A lower learning rate may help.");
