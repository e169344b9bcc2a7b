using Tame.Generator.Binding;
using Tame.Generator.Emission;
using Tame.Generator.Lowering;
using Tame.Generator.Model;

namespace Tame.Generator;

/// <summary>The three stages that each method passes through. A test replaces one with a stage that fails.</summary>
internal sealed record Stages(BindMethod Bind, Func<TamedMethod, StateMachine> Lower, Func<StateMachine, EmittedFile> Emit)
{
    public static Stages All { get; } = new(Binder.Bind, Lowerer.Lower, Emitter.Emit);
}
