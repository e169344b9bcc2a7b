namespace Tame.Orleans;

/// <summary>
/// Gives an event loop to each activation of a grain class. <c>this.GetEventLoop()</c> returns it. The silo must call <c>silo.UseTame()</c>.
/// </summary>
/// <remarks>
/// Derived classes inherit the attribute. The loop is created when the grain first gets it. Each activation of a stateless worker has its own loop.
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TamedGrainAttribute : Attribute;
