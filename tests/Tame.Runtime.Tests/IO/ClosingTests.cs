using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using Tame.IO;

namespace Tame.Runtime.Tests.IO;

/// <summary>Descriptors that are closed, and numbers that are used again; the same for each poller.</summary>
public abstract class ClosingTests : IDisposable
{
    private readonly Waits _waits;

    protected ClosingTests() => _waits = new Waits(Open());

    private protected abstract IPoller Open();

    public void Dispose()
    {
        _waits.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_number_that_is_not_open_fails_the_event_by_name()
    {
        var (here, _) = Posix.SocketPair();
        Posix.Close(here);
        _waits.Wait(here, FdEvents.Read, "closed");
        Assert.Equal("closed!", _waits.Joined());
        Assert.Contains($"Descriptor {here} ", Assert.IsType<IOException>(_waits.LastError).Message, StringComparison.Ordinal);
        Assert.False(_waits.Table.HasWaiters);
    }

    [Fact]
    public void A_handle_that_is_closed_fails_the_event()
    {
        var owner = Posix.Own(Posix.SocketPair().Here);
        owner.Dispose();
        _waits.Wait(owner, FdEvents.Read, "closed");
        Assert.Equal("closed!", _waits.Joined());
        Assert.IsType<ObjectDisposedException>(_waits.LastError);
    }

    [Fact]
    public void A_socket_that_is_closed_fails_the_event()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Dispose();
        _waits.Wait(socket.SafeHandle, FdEvents.Read, "closed");
        Assert.Equal("closed!", _waits.Joined());
        Assert.IsType<ObjectDisposedException>(_waits.LastError);
    }

    [Fact]
    public void Closing_a_handle_wakes_all_who_wait_for_it_with_an_error()
    {
        var owner = Posix.Own(Posix.SocketPair().Here);
        _waits.Wait(owner, FdEvents.Read, "first");
        _waits.Wait(owner, FdEvents.Read, "second");
        owner.Dispose();
        Assert.Equal("first! second!", _waits.PollUntilSome());
        Assert.IsType<ObjectDisposedException>(_waits.LastError);
        Assert.False(_waits.Table.HasWaiters);
    }

    [Fact]
    public void A_handle_that_was_closed_is_found_before_the_next_sleep()
    {
        var owner = Posix.Own(Posix.SocketPair().Here);
        _waits.Wait(owner, FdEvents.Read, "read");
        _waits.Table.Poll(1);
        owner.Dispose();
        _waits.Table.Poll(Waits.Hang);
        Assert.Equal("read!", _waits.Joined());
    }

    [Fact]
    public void Disposing_a_socket_that_is_waited_for_does_not_hang_and_wakes_the_waiter()
    {
        var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _waits.Wait(listener.SafeHandle, FdEvents.Read, "accept");
        Assert.Equal("", _waits.Poll());
        listener.Dispose();
        Assert.Equal("accept!", _waits.PollUntilSome());
    }

    [Fact]
    public void A_close_on_another_thread_is_seen_while_the_loop_sleeps()
    {
        var owner = Posix.Own(Posix.SocketPair().Here);
        _waits.Wait(owner, FdEvents.Read, "read");
        var closer = new Thread(() =>
        {
            Thread.Sleep(20);
            owner.Dispose();
        });
        closer.Start();
        Assert.Equal("read!", _waits.PollUntilSome());
        closer.Join();
    }

    [Fact]
    public void Each_of_many_closed_handles_is_found()
    {
        SafeFileHandle[] owners = [.. Enumerable.Range(0, 300).Select(_ => Posix.Own(Posix.SocketPair().Here))];
        for (int i = 0; i < owners.Length; i++)
            _waits.Wait(owners[i], FdEvents.Read, "r" + i);
        _waits.Table.Poll(1);
        owners[7].Dispose();
        owners[299].Dispose();
        var found = new HashSet<string>();
        while (found.Count < 2)
            found.UnionWith(_waits.PollUntilSome().Split(' '));
        Assert.Equal(["r299!", "r7!"], found.Order());
        foreach (var owner in owners)
            owner.Dispose();
    }

    [Fact]
    public void A_number_that_is_used_again_between_two_passes_is_watched_anew()
    {
        var (old, oldPeer) = Posix.SocketPair();
        var (file, peer) = Posix.SocketPair();
        _waits.Wait(old, FdEvents.Read, "old");
        Assert.Equal("", _waits.Poll());
        Posix.Replace(old, file);
        _waits.Wait(old, FdEvents.Read, "new");
        Assert.Equal("old!", _waits.Joined());
        Assert.IsType<ObjectDisposedException>(_waits.LastError);
        Posix.Write(peer);
        Assert.Equal("new", _waits.Poll());
        Posix.Close(oldPeer);
    }

    [Fact]
    public void A_number_that_is_used_again_after_its_wait_is_watched_anew()
    {
        var (old, oldPeer) = Posix.SocketPair();
        var (file, peer) = Posix.SocketPair();
        _waits.Wait(old, FdEvents.Read, "old");
        Posix.Write(oldPeer);
        Assert.Equal("old", _waits.Poll());
        Posix.Replace(old, file);
        _waits.Wait(old, FdEvents.Read, "new");
        Posix.Write(peer);
        Assert.Equal("new", _waits.Poll());
    }

    [Fact]
    public void A_new_handle_of_a_number_that_is_used_again_is_watched_anew()
    {
        var (old, oldPeer) = Posix.SocketPair();
        var (file, peer) = Posix.SocketPair();
        var oldOwner = new SafeFileHandle(old, ownsHandle: false);
        _waits.Wait(oldOwner, FdEvents.Read, "old");
        oldOwner.Dispose();
        Posix.Replace(old, file);
        using var owner = Posix.Own(old);
        _waits.Wait(owner, FdEvents.Read, "new");
        Assert.Equal("old!", _waits.Joined());
        Posix.Write(peer);
        Assert.Equal("new", _waits.Poll());
        Posix.Close(oldPeer);
    }

    [Fact]
    public void A_new_handle_of_a_number_that_nobody_waits_for_any_more_is_watched_anew()
    {
        var (old, oldPeer) = Posix.SocketPair();
        var (file, peer) = Posix.SocketPair();
        var oldOwner = new SafeFileHandle(old, ownsHandle: false);
        _waits.Wait(oldOwner, FdEvents.Read, "old");
        Posix.Write(oldPeer);
        Assert.Equal("old", _waits.Poll());
        oldOwner.Dispose();
        Posix.Replace(old, file);
        using var owner = Posix.Own(old);
        _waits.Wait(owner, FdEvents.Read, "new");
        Posix.Write(peer);
        Assert.Equal("new", _waits.Poll());
    }

    [Fact]
    public void Two_open_handles_of_one_descriptor_share_it()
    {
        var (here, there) = Posix.SocketPair();
        using var owner = Posix.Own(here);
        using var view = new SafeFileHandle(here, ownsHandle: false);
        _waits.Wait(owner, FdEvents.Read, "owner");
        _waits.Wait(view, FdEvents.Read, "view");
        _waits.Wait(here, FdEvents.Read, "number");
        Assert.Equal("", _waits.Poll());
        Posix.Write(there);
        Assert.Equal("owner view number", _waits.Poll());
    }

    [Fact]
    public void A_handle_that_is_closed_while_its_descriptor_stays_open_is_forgotten()
    {
        var (here, there) = Posix.SocketPair();
        var view = new SafeFileHandle(here, ownsHandle: false);
        _waits.Wait(view, FdEvents.Read, "view");
        view.Dispose();
        Posix.Write(there);
        Assert.Equal("view!", _waits.Poll());
        Assert.True(_waits.IsQuiet);
        _waits.Wait(here, FdEvents.Read, "number");
        Assert.Equal("number", _waits.Poll());
    }

    [Fact]
    public void A_wait_for_an_open_descriptor_finds_those_whose_own_handle_was_closed()
    {
        var (here, there) = Posix.SocketPair();
        var view = new SafeFileHandle(here, ownsHandle: false);
        _waits.Wait(view, FdEvents.Read, "view");
        view.Dispose();
        using var owner = Posix.Own(here);
        _waits.Wait(owner, FdEvents.Read, "owner");
        Assert.Equal("view!", _waits.Joined());
        Posix.Write(there);
        Assert.Equal("owner", _waits.Poll());
    }

    [Fact]
    public void What_a_duplicate_keeps_open_wakes_nobody_who_waits_for_the_number_that_it_had()
    {
        var (old, oldPeer) = Posix.SocketPair();
        var (file, peer) = Posix.SocketPair();
        int duplicate = Posix.Duplicate(old);
        _waits.Wait(old, FdEvents.Read, "old");
        Posix.Replace(old, file);
        _waits.Wait(old, FdEvents.Read, "new");
        Assert.Equal("old!", _waits.Joined());
        Posix.Write(oldPeer);
        Assert.Equal("", _waits.Poll());
        Assert.True(_waits.IsQuiet);
        Posix.Write(peer);
        Assert.Equal("new", _waits.Poll());
        Posix.Close(duplicate);
    }

    [Fact]
    public void What_a_duplicate_keeps_open_lets_the_loop_sleep_when_its_number_is_closed()
    {
        var (old, oldPeer) = Posix.SocketPair();
        var (here, there) = Posix.SocketPair();
        int duplicate = Posix.Duplicate(old);
        var owner = Posix.Own(old);
        _waits.Wait(owner, FdEvents.Read, "old");
        _waits.Wait(here, FdEvents.Read, "other");
        owner.Dispose();
        Posix.Write(oldPeer);
        Assert.Equal("old!", _waits.Poll());
        Assert.Equal("", _waits.Poll());
        Assert.True(_waits.IsQuiet);
        Posix.Write(there);
        Assert.Equal("other", _waits.Poll());
        Posix.Close(duplicate);
    }

    [Fact]
    public void A_number_that_went_to_a_regular_file_is_ready_and_its_old_waiters_fail()
    {
        var (old, oldPeer) = Posix.SocketPair();
        _waits.Wait(old, FdEvents.Read, "old");
        using (var file = File.OpenHandle(Environment.ProcessPath!))
            Posix.Replace(old, Posix.Duplicate((int)file.DangerousGetHandle()));
        _waits.Wait(old, FdEvents.Read, "file");
        Assert.Equal("old! file", _waits.Joined());
        Assert.False(_waits.Table.HasWaiters);
        Posix.Close(oldPeer);
    }

    [Fact]
    public void A_handle_that_nobody_waits_for_any_more_is_not_kept_alive()
    {
        var handle = WaitOnce();
        GC.Collect();
        Assert.False(handle.IsAlive);
        GC.KeepAlive(_waits);
    }

    [Fact]
    public void A_peak_of_descriptors_leaves_no_registrations_behind()
    {
        var pairs = Enumerable.Range(0, 1000).Select(_ => Posix.SocketPair()).ToArray();
        var events = pairs.Select(pair => _waits.Wait(pair.Here, FdEvents.Read, "r")).ToArray();
        Assert.Equal(1000, _waits.Table.Slots);
        foreach (var (here, there) in pairs)
        {
            Posix.Close(there);
            _waits.Poll();      // ready: whoever waits is woken
            _waits.Poll();      // still ready, and nobody waits: watched no longer
            Posix.Close(here);
        }
        _waits.Table.Trim();
        Assert.InRange(_waits.Table.Slots, 0, 64);
        var (again, peer) = Posix.SocketPair();
        _waits.Wait(again, FdEvents.Read, "again");
        Posix.Write(peer);
        Assert.Equal("again", _waits.Poll());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference WaitOnce()
    {
        var (here, there) = Posix.SocketPair();
        var owner = Posix.Own(here);
        _waits.Wait(owner, FdEvents.Read, "read");
        Posix.Write(there);
        Assert.Equal("read", _waits.Poll());
        return new WeakReference(owner);
    }
}

public sealed class EpollClosingTests : ClosingTests
{
    private protected override IPoller Open() => new EpollPoller();
}
