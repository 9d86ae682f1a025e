using static TorchSharp.torch;

namespace Sat.Engine.Training;

/// <summary>Decides the order of each epoch's samples.</summary>
internal interface IEpochOrder
{
    /// <summary>The order of the next epoch, int64 [n] on the CPU, made within the caller's dispose scope.</summary>
    /// <param name="epoch">Counted from 0.</param>
    Tensor Next(int epoch);

    /// <summary>What a checkpoint must hold, by name.</summary>
    /// <param name="epochIsBegun">True if the present epoch's order was drawn.</param>
    IEnumerable<KeyValuePair<string, Tensor>> States(bool epochIsBegun);

    /// <summary>Goes on with what a checkpoint holds.</summary>
    void Resume(IReadOnlyDictionary<string, Tensor> states);
}
