using static TorchSharp.torch;

namespace Sat.Engine.Interop;

/// <summary>
/// Tensors as libtorch takes a list of them. A <c>c10::ArrayRef&lt;at::Tensor&gt;</c> (c10/util/ArrayRef.h) is a pointer and a length over
/// an array of <c>at::Tensor</c>, each of which is one pointer (ATen/core/TensorBase.h); a TorchSharp handle points to one. Nothing is
/// owned.
/// </summary>
internal static class TensorList
{
    /// <summary>The pointers that the tensors are; good for as long as the tensors live.</summary>
    public static nint[] Handles(IReadOnlyList<Tensor> tensors)
    {
        var pointers = new nint[tensors.Count];
        for (var i = 0; i < pointers.Length; i++)
            pointers[i] = Handles(tensors[i]);
        return pointers;
    }

    public static unsafe nint Handles(Tensor tensor) => *(nint*)tensor.Handle;
}
