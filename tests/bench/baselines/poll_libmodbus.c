/* libmodbus's own client: one connection for each cabinet, read in turn, nothing done with it.
 *
 * Follows the client example of https://libmodbus.org/reference/modbus_read_registers/ and
 * https://libmodbus.org/reference/modbus_new_tcp/. The library waits for each answer, so that one
 * thread has one request under way. Not tuned.
 * Usage: poll_libmodbus PORT CABINETS SECONDS; prints cabinets read per second. */
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now_s(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec + at.tv_nsec / 1e9;
}

int main(int argc, char *argv[]) {
    int port = atoi(argv[1]), cabinets = argc > 3 ? atoi(argv[2]) : 0;
    modbus_t **link = calloc(cabinets, sizeof *link);
    uint16_t inputs[26], lamps[76];
    long done = 0;

    for (int n = 0; n < cabinets; n++) {
        link[n] = modbus_new_tcp("127.0.0.1", port);
        if (link[n] == NULL || modbus_connect(link[n]) == -1) {
            fprintf(stderr, "cabinet %d: %s\n", n, modbus_strerror(errno));
            return 1;
        }
    }
    double start = now_s(), seconds = atof(argv[3]);
    while (now_s() - start < seconds) {
        modbus_t *one = link[done % cabinets];
        if (modbus_read_input_registers(one, 0, 26, inputs) == -1 ||
            modbus_read_registers(one, 100, 76, lamps) == -1) {
            fprintf(stderr, "%s\n", modbus_strerror(errno));
            return 1;
        }
        done++;
    }
    printf("%f\n", done / (now_s() - start));
    for (int n = 0; n < cabinets; n++) {
        modbus_close(link[n]);
        modbus_free(link[n]);
    }
    return 0;
}
