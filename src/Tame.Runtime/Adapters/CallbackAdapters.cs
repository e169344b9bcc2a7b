namespace Tame;

/// <summary>Converts events to callbacks of other shapes.</summary>
public static class CallbackAdapters
{
    /// <summary>Creates a callback for a Begin method. It triggers the event with the result to pass to the End method.</summary>
    /// <param name="e">The event.</param>
    /// <returns>The callback. It may be called from any thread, any number of times. The first call completes the event.</returns>
    public static AsyncCallback ToAsyncCallback(this Event<IAsyncResult> e) => result => e.Trigger(result);

    /// <summary>Creates a handler that triggers the event with the sender and the arguments of the call.</summary>
    /// <typeparam name="TArgs">The type of the arguments.</typeparam>
    /// <param name="e">The event.</param>
    /// <returns>The handler. It may be called from any thread, any number of times. The first call completes the event.</returns>
    public static EventHandler<TArgs> ToEventHandler<TArgs>(this Event<object?, TArgs> e) => (sender, arguments) => e.Trigger(sender, arguments);
}
