namespace Tame.Orleans;

/// <summary>Gives each activation of a grain class an event loop, which <c>this.GetEventLoop()</c> returns. The silo needs <c>silo.UseTame()</c>.</summary>
/// <remarks>
/// A class that derives from it has it too. The loop is made when the grain first asks for it. Activations of stateless workers each have their own.
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TamedGrainAttribute : Attribute;
