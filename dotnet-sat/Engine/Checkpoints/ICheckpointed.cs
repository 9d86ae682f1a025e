using System.Text.Json.Nodes;
using Sat.Engine.Weights;
using static TorchSharp.torch;

namespace Sat.Engine.Checkpoints;

/// <summary>All that a checkpoint holds.</summary>
public interface ICheckpointed
{
    /// <summary>Why it cannot be kept; null: it can.</summary>
    string? Obstacle { get; }

    /// <summary>The optimizers' numbers.</summary>
    JsonObject Numbers();

    /// <summary>The method's numbers; null: it has none.</summary>
    JsonObject? MethodNumbers();

    /// <summary>The epoch that the method has chosen so far, counted from 1; null: none.</summary>
    int? ChosenEpoch { get; }

    /// <summary>All tensors, by name. The ones made for the purpose belong to the dispose scope.</summary>
    /// <param name="epochIsBegun">True if steps of the present epoch were made.</param>
    IEnumerable<KeyValuePair<string, Tensor>> Tensors(bool epochIsBegun);

    /// <summary>Puts all of it back.</summary>
    /// <exception cref="InvalidDataException">The checkpoint does not fit what this run is made of.</exception>
    void Restore(TensorFile file, CheckpointInfo info);
}
