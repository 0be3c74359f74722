using System.Reflection;

namespace StyleLab.Notebooks;

/// <summary>Subscribes to any <see cref="IObservable{T}"/> without knowing its T.</summary>
internal static class ObservableValue
{
    private static readonly MethodInfo SubscribeMethod =
        typeof(ObservableValue).GetMethod(nameof(SubscribeTo), BindingFlags.Static | BindingFlags.NonPublic)!;

    public static bool IsObservable(object value) => ObservableInterface(value) != null;

    public static IDisposable Subscribe(object observable, IObserver<object?> observer)
    {
        var pushed = ObservableInterface(observable)!.GetGenericArguments()[0];
        return SubscribeMethod.MakeGenericMethod(pushed)
            .CreateDelegate<Func<object, IObserver<object?>, IDisposable>>()(observable, observer);
    }

    private static Type? ObservableInterface(object value) =>
        value.GetType().GetInterfaces().FirstOrDefault(implemented =>
            implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IObservable<>));

    private static IDisposable SubscribeTo<T>(object observable, IObserver<object?> observer) =>
        ((IObservable<T>)observable).Subscribe(new Boxing<T>(observer));

    private sealed class Boxing<T>(IObserver<object?> observer) : IObserver<T>
    {
        public void OnNext(T value) => observer.OnNext(value);

        public void OnError(Exception error) => observer.OnError(error);

        public void OnCompleted() => observer.OnCompleted();
    }
}
