namespace Sat.Sdk;

/// <summary>A method that changes gradients before they are used: clipping, surgery.</summary>
public interface IGradientsReady
{
    /// <summary>
    /// Called before each step of an optimizer, without gradients of its own: those of the loss, not scaled, are in the <c>grad</c> of
    /// <see cref="Method.Network"/>'s parameters, to be read or changed in place. One is null where the loss does not depend on the
    /// parameter. In <c>fp16</c> they may be infinite; the step is then left out.
    /// </summary>
    /// <param name="step">The present step, counted from 0 over all epochs.</param>
    void GradientsReady(long step);
}
