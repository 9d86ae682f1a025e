namespace Sat.Methods.Peers.Losses;

/// <summary>Which classes a wrong label was drawn from; as the noise <c>symmetric</c> has it.</summary>
enum RedrawnFrom
{
    AllClasses,
    OtherClasses,
}
