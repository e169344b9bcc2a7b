using System.Net;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Tame.Orleans.Tests.Grains;

/// <summary>A stateless worker, which tells on which activation it ran.</summary>
public interface IStateless : IGrainWithIntegerKey
{
    Task<(Guid Activation, int Square)> Square(int value);
}

[TamedGrain]
[StatelessWorker(4)]
internal sealed partial class StatelessGrain : Grain, IStateless
{
    private readonly Guid _activation = Guid.NewGuid();
    private int _running;

    public Task<(Guid Activation, int Square)> Square(int value) => this.GetEventLoop().InvokeAsync<(Guid, int)>(result => WaitAndSquare(value, result));

    [Tamed] private partial void WaitAndSquare(int value, Event<(Guid Activation, int Square)> result);

    private void WaitAndSquareBody(int value, Event<(Guid Activation, int Square)> result)
    {
        Assert.Equal(1, ++_running);
        twait(e => timer(TimeSpan.FromMilliseconds(20), e));
        _running--;
        result.Trigger((_activation, value * value));
    }
}

/// <summary>A grain that derives from no class of Orleans.</summary>
public interface IPlain : IGrainWithIntegerKey
{
    Task<int> Square(int value);
}

[TamedGrain]
internal sealed partial class PlainGrain(IGrainContext context, IGrainFactory grains) : IPlain
{
    public Task<int> Square(int value) => context.GetEventLoop().InvokeAsync<int>(square => Ask(value, square));

    [Tamed] private partial void Ask(int value, Event<int> square);

    private void AskBody(int value, Event<int> square)
    {
        twait(grains.GetGrain<IWorker>(2).Square(value), out int result);
        square.Trigger(result);
    }
}

/// <summary>A grain that asks for a loop, without the attribute.</summary>
public interface IUntamed : IGrainWithIntegerKey
{
    Task Ask();
}

internal sealed class UntamedGrain : Grain, IUntamed
{
    public Task Ask() => this.GetEventLoop().InvokeAsync(done => done.Trigger());
}

/// <summary>A grain whose base class has the attribute.</summary>
public interface IDerived : IGrainWithIntegerKey
{
    Task<bool> HasLoop();
}

[TamedGrain]
internal abstract class TamedBase : Grain;

internal sealed class DerivedGrain : TamedBase, IDerived
{
    public Task<bool> HasLoop() => Task.FromResult(this.GetEventLoop().IsGuest);
}

/// <summary>A grain that talks through a socket to one of its own calls.</summary>
public interface ISockets : IGrainWithIntegerKey
{
    Task<string> Echo(string text);
}

[TamedGrain]
internal sealed partial class SocketGrain : Grain, ISockets
{
    public Task<string> Echo(string text) => this.GetEventLoop().InvokeAsync<string>(answer => Talk(text, answer));

    [Tamed] private partial void Talk(string text, Event<string> answer);

    private void TalkBody(string text, Event<string> answer)
    {
        using var listener = Network.Current.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        Serve(listener, Event.Ignored);
        twait(e => Network.Current.Connect(listener.LocalEndPoint, e), out Connection connection);
        using var closing = connection;
        twait(e => connection.Send(System.Text.Encoding.UTF8.GetBytes(text), e));
        var buffer = new byte[100];
        twait(e => connection.Receive(buffer, e.WithTimeout(TimeSpan.FromSeconds(10))), out int count);
        answer.Trigger(System.Text.Encoding.UTF8.GetString(buffer, 0, count));
    }

    [Tamed] private static partial void Serve(Listener listener, Event done);

    private static void ServeBody(Listener listener, Event done)
    {
        twait(e => listener.Accept(e), out Connection client);
        using var closing = client;
        var buffer = new byte[100];
        twait(e => client.Receive(buffer, e), out int count);
        twait(e => client.Send(buffer.AsMemory(0, count), e));
        done.Trigger();
    }
}
